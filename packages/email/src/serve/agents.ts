/** Who a request says it comes from, and whether a person stands behind it. */
interface Agent {
  readonly name: string;
  readonly pattern: RegExp;
  readonly machine: boolean;
}

/** Well-known agents in the order in which they count. */
const agents: readonly Agent[] = [
  // Proxies that fetch an image when somebody opens the mail.
  { name: "Gmail", pattern: /GoogleImageProxy/i, machine: false },
  { name: "Yahoo Mail", pattern: /YahooMailProxy/i, machine: false },
  // Apple's Mail Privacy Protection fetches all images of all mails, and says no more than this.
  { name: "Apple Mail Privacy Protection", pattern: /^Mozilla\/5\.0$/, machine: true },
  // Scanners of mail gateways.
  {
    name: "Microsoft Defender",
    pattern: /SafeLinks|Microsoft (?:Office 365|Defender)|BingPreview|SkypeUriPreview/i,
    machine: true,
  },
  { name: "Proofpoint", pattern: /proofpoint/i, machine: true },
  { name: "Mimecast", pattern: /mimecast/i, machine: true },
  { name: "Barracuda", pattern: /barracuda/i, machine: true },
  { name: "Cisco", pattern: /ironport|cisco/i, machine: true },
  { name: "Symantec", pattern: /symantec|messagelabs|brightmail/i, machine: true },
  { name: "Trellix", pattern: /fireeye|trellix|mcafee/i, machine: true },
  { name: "Trend Micro", pattern: /trend ?micro/i, machine: true },
  { name: "Sophos", pattern: /sophos/i, machine: true },
  { name: "Fortinet", pattern: /fortinet|fortimail|fortisandbox/i, machine: true },
  { name: "Forcepoint", pattern: /forcepoint|websense/i, machine: true },
  { name: "Palo Alto", pattern: /palo ?alto|cortex/i, machine: true },
  { name: "Cloudmark", pattern: /cloudmark/i, machine: true },
  { name: "Zscaler", pattern: /zscaler/i, machine: true },
  { name: "VirusTotal", pattern: /virustotal|urlscan/i, machine: true },
  // Previews of chats, crawlers, programs.
  {
    name: "preview",
    pattern: /facebookexternalhit|slackbot|twitterbot|linkedinbot|whatsapp|telegrambot|discordbot/i,
    machine: true,
  },
  {
    name: "crawler",
    pattern: /\b(?:bot|crawler|spider|scanner|preview)\b|bot[/;)]|headlesschrome|phantomjs/i,
    machine: true,
  },
  {
    name: "program",
    pattern:
      /^(?:curl|wget|python|go-http-client|java|okhttp|apache-httpclient|libwww|axios|node|ruby|php|perl|postman)/i,
    machine: true,
  },
];

/** The well-known agent that a `User-Agent` names; undefined for any other. */
export const findAgent = (text: string): Agent | undefined => agents.find(({ pattern }) => pattern.test(text));
