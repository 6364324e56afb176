import type { World } from "./world.ts";

/** Counts what the server is sent until it is asked, but for a connection's own word now and then to plan anew. */
export function countStatements({ store: { app } }: World): () => number {
  const connect = app.connect.bind(app);
  let count = 0;
  app.connect = (async () => {
    const client = await connect();
    const query = client.query.bind(client);
    client.query = ((...args: Parameters<typeof query>) => {
      count += String(args[0]).replace("discard plans;", "").split(";").length;
      return query(...args);
    }) as typeof client.query;
    const release = client.release.bind(client);
    client.release = (error) => {
      client.query = query;
      client.release = release;
      release(error);
    };
    return client;
  }) as typeof app.connect;
  return () => {
    app.connect = connect;
    return count;
  };
}
