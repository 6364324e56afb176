/** Of every embedded server. Parallel queries need shared memory that containers often lack, and these have no use for it. */
export const settings = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=200",
  "shared_buffers=256MB",
  "synchronous_commit=on",
  "wal_level=minimal",
  "max_wal_senders=0",
  "max_wal_size=2GB",
  "checkpoint_timeout=15min",
  "random_page_cost=1.1",
  "jit=off",
  "max_parallel_workers_per_gather=0",
  "max_parallel_maintenance_workers=0",
  "timezone=UTC",
  "log_timezone=UTC",
];

/** For data that nobody keeps: the rest stays as in earnest, a crash of the machine may destroy it. */
export const throwaway = ["fsync=off", "full_page_writes=off"];
