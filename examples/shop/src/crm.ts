// The shop's CRM, as far as the example needs one: it prints what it is told.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const port = Number(process.argv[2] ?? 9999);

createServer(async (request, response) => {
  console.log("the CRM was told:", await text(request));
  response.end("{}");
}).listen(port, "127.0.0.1", () => console.log(`the CRM listens on ${port}`));
