/** One PostgreSQL for all tests of the server, with a migrated database that is copied for every test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { roleOf, startEmbedded } from '../../server/database/embedded.ts';
import { migrate } from '../../server/database/migrate.ts';

export interface Cluster {
  readonly superuser: string;
  readonly owner: string;
  readonly service: string;
}
declare module 'vitest' {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-postgres-'));
  // What these tests show does not depend on the disk's cache; those that kill processes start their own with fsync.
  const postgres = await startEmbedded(folder, { settings: ['fsync=off'] });
  const { superuser, owner, service } = postgres;
  await migrate(owner, roleOf(service));
  project.provide('cluster', { superuser, owner, service });
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
