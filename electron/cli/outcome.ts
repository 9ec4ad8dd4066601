/** What a command answers: a value for `--json`, and a text for people. */
export interface Outcome {
  readonly value: unknown;
  /** Shown without `--json`; the JSON is shown when absent. */
  readonly text?: string;
  /**
   * Exit code when the answer itself is a refusal (1, `verify` that found damage) or names what was left over
   * (3, `sync` with refused changes).
   */
  readonly code?: 0 | 1 | 3;
}
