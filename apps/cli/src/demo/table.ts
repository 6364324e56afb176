import type { Figures } from "./figures.ts";

export interface Table {
  /** Shows the figures: in place on a terminal, a line for each change elsewhere. */
  show(title: string, figures: Figures): void;
}

export function createTable(out: NodeJS.WriteStream = process.stdout): Table {
  let height = 0;
  let last = "";
  return {
    show: (title, figures) => {
      if (!out.isTTY) {
        const line = lines(figures)
          .map((text) => text.trim().replace(/\s+/g, " "))
          .join(" | ");
        if (line !== last) out.write(`${title}: ${line}\n`);
        last = line;
        return;
      }
      const text = [title, ...lines(figures)];
      if (height > 0) out.write(`\x1b[${height}A\x1b[J`);
      out.write(`${text.join("\n")}\n`);
      height = text.length;
    },
  };
}

function lines(figures: Figures): string[] {
  const channels = Map.groupBy(figures.deliveries, (row) => row.channel);
  return [
    `  runs     ${figures.active} active, ${figures.ended} ended, ${figures.failed} failed`,
    `  steps    ${figures.steps}`,
    ...[...channels].map(
      ([channel, rows]) => `  ${channel.padEnd(8)} ${rows.map((row) => `${row.count} ${row.state}`).join(", ")}`,
    ),
  ];
}
