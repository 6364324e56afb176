import type { Customer } from "./customer.ts";

const lines = Array.from({ length: 12 }, (_, i) => ({ title: `Record no. ${i + 1}`, price: `${9 + i}.90` }));

/** An order confirmation of an ordinary length. */
export const orderMail = ({ name, order }: Customer) => ({
  subject: `Your order ${order}`,
  text: [
    `Hello ${name},`,
    `thank you for your order ${order}.`,
    ...lines.map(({ title, price }) => `${title}: EUR ${price}`),
    `Follow it at https://shop.example/orders/${order}`,
  ].join("\n\n"),
  html: [
    `<!doctype html><html><head><title>Your order</title></head><body><h1>Hello ${name},</h1>`,
    `<p>thank you for your order <b>${order}</b>.</p><table>`,
    ...lines.map(({ title, price }) => `<tr><td style="padding:4px 8px">${title}</td><td>EUR ${price}</td></tr>`),
    `</table><p><a href="https://shop.example/orders/${order}">Follow it</a></p></body></html>`,
  ].join("\n"),
});
