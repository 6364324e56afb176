/** What HubSpot decodes in a URI before it signs it; everything else stays as it is written. */
const decoded: { readonly [encoded: string]: string } = {
  "%3A": ":",
  "%2F": "/",
  "%3F": "?",
  "%40": "@",
  "%21": "!",
  "%24": "$",
  "%27": "'",
  "%28": "(",
  "%29": ")",
  "%2A": "*",
  "%2C": ",",
  "%3B": ";",
};

/** A URI as HubSpot signs it. */
export function decodeUri(uri: string): string {
  return uri.replace(/%[0-9a-f]{2}/gi, (encoded) => decoded[encoded.toUpperCase()] ?? encoded);
}
