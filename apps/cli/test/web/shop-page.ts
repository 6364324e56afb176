/** The page: it shows the inbox and one slot, and has `wend` for a test to call. */
export const page = `<!doctype html>
<title>Shop</title>
<h1></h1>
<main></main>
<script type="module">
  import { createWebClient } from "/wend/index.ts";

  window.open = (url) => {
    const wend = createWebClient({ url, token: (refused) => window.freshToken(refused) });
    wend.inbox.subscribe((messages) => {
      document.querySelector("main").replaceChildren(
        ...messages.map(({ id, title, body, read }) => {
          const article = document.createElement("article");
          Object.assign(article, { id, textContent: title + ": " + body });
          article.dataset.read = read;
          return article;
        }),
      );
      document.body.dataset.shown = (Number(document.body.dataset.shown) || 0) + 1;
    });
    wend.slots.subscribe("home.hero", "the usual", (value) => {
      document.querySelector("h1").textContent = value;
    });
    window.wend = wend;
  };
</script>`;

export const worker = `
import { openNotification, showNotification } from "/wend/index.ts";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => showNotification(event, self.registration));
self.addEventListener("notificationclick", (event) => openNotification(event, self.clients));
`;
