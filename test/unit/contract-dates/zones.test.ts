import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('./oracle/zone-hash.ts', import.meta.url));
const ZONES = {
  UTC: [0, 0],
  'Europe/Moscow': [-180, -180],
  'America/New_York': [300, 240],
  'Pacific/Kiritimati': [-840, -840],
} as const;

describe('the machine’s time zone', () => {
  it('plays no part: answers are the same in UTC, Moscow, New York and Kiritimati', () => {
    const answers = Object.entries(ZONES).map(([zone, offsets]) => {
      const output = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
        encoding: 'utf8',
        env: { ...process.env, TZ: zone },
      });
      const answer = JSON.parse(output) as { hash: string; offsets: number[] };
      expect(answer.offsets).toEqual(offsets);
      return answer.hash;
    });
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
