const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const style =
  "body{font:1.125rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:32rem;padding:3rem 1.5rem;color:#1a1a1a;background:#fff}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.3rem;color:#fff;background:#0b57d0}button:focus-visible{outline:3px solid #000;outline-offset:2px}";

interface Page {
  readonly title: string;
  /** HTML: nothing in it comes from the request. */
  readonly body: string;
  readonly status?: number;
}

/** A small page that works without a script, with a keyboard and when read aloud. */
export function pageOf({ title, body, status = 200 }: Page): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy,
  };
  return new Response(html, { status, headers });
}

/** The answer to a link that is not one of ours, or was changed. */
export const invalidLink = (): Response =>
  pageOf({ status: 400, title: "This link does not work", body: "<p>It is incomplete or was changed.</p>" });
