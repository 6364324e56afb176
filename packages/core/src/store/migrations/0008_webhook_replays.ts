/** Webhooks without a signed time are remembered for longer; a suppression knows whose word it was. */
export const webhookReplays = /* sql */ `
-- As webhook_nonces, of webhooks whose provider signs no time: nothing but the mark stands against a replay. A table of its
-- own, so that what is kept long does not lie between what is swept soon.
create table untimed_webhook_nonces (like webhook_nonces including all);
insert into untimed_webhook_nonces select * from webhook_nonces;

-- The connection whose customer said so, for reason 'unsubscribed': through it alone it may be taken back. Null: an
-- operator, more than one connection, or nobody knows.
alter table suppressions add column connection_id uuid;
`;
