/** Counters and times for Prometheus, in its text format. Names of routes only: no workspace, device or address. */

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

export class Metrics {
  readonly #counters = new Map<string, Map<string, number>>();
  readonly #times = new Map<string, Histogram>();
  readonly #gauges = new Map<string, () => number>();

  /** `labels` as they stand between the braces. */
  count(name: string, labels = '', by = 1): void {
    const counter = this.#counters.get(name) ?? new Map<string, number>();
    this.#counters.set(name, counter);
    counter.set(labels, (counter.get(labels) ?? 0) + by);
  }

  /** Seconds that a request to a route took. */
  time(route: string, seconds: number): void {
    const histogram = this.#times.get(route) ?? { counts: BOUNDS.map(() => 0), sum: 0, count: 0 };
    this.#times.set(route, histogram);
    histogram.sum += seconds;
    histogram.count += 1;
    for (const [i, bound] of BOUNDS.entries())
      if (seconds <= bound) histogram.counts[i] = (histogram.counts[i] ?? 0) + 1;
  }

  gauge(name: string, read: () => number): void {
    this.#gauges.set(name, read);
  }

  text(): string {
    const lines: string[] = [];
    for (const [name, counter] of this.#counters) {
      lines.push(`# TYPE ${name} counter`);
      for (const [labels, value] of counter) lines.push(`${name}${labels && `{${labels}}`} ${value}`);
    }
    for (const [name, read] of this.#gauges) lines.push(`# TYPE ${name} gauge`, `${name} ${read()}`);
    const time = 'rapport_sync_request_seconds';
    lines.push(`# TYPE ${time} histogram`);
    for (const [route, { counts, sum, count }] of this.#times) {
      for (const [i, bound] of BOUNDS.entries())
        lines.push(`${time}_bucket{route="${route}",le="${bound}"} ${counts[i]}`);
      lines.push(`${time}_bucket{route="${route}",le="+Inf"} ${count}`);
      lines.push(`${time}_sum{route="${route}"} ${sum}`, `${time}_count{route="${route}"} ${count}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
