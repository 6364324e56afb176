import { blobsRouter } from "./blobs/router.ts";
import { connectionsRouter } from "./connections/router.ts";
import { consentsRouter } from "./consents/router.ts";
import { deliveriesRouter } from "./deliveries/router.ts";
import { journeysRouter } from "./journeys/router.ts";
import { limitsRouter } from "./limits/router.ts";
import { profilesRouter } from "./profiles/router.ts";
import { routesRouter } from "./routes/router.ts";
import { runsRouter } from "./runs/router.ts";
import { suppressionsRouter } from "./suppressions/router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  journeys: journeysRouter,
  runs: runsRouter,
  deliveries: deliveriesRouter,
  profiles: profilesRouter,
  consents: consentsRouter,
  suppressions: suppressionsRouter,
  connections: connectionsRouter,
  routes: routesRouter,
  blobs: blobsRouter,
  limits: limitsRouter,
});

/** What a client is typed by. */
export type AppRouter = typeof appRouter;
