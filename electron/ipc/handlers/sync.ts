/** Sync's half of the contract: everything is the service's. */
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';

type SyncHandlers = { [C in keyof Handlers as C extends `sync:${string}` ? C : never]: Handlers[C] };

export function syncHandlers({ sync }: AppContext): SyncHandlers {
  const done = async (work: Promise<unknown>): Promise<null> => {
    await work;
    return null;
  };
  return {
    'sync:status': () => sync.status(),
    'sync:enrol': ({ code, deviceName }) => done(sync.enrol(code, deviceName)),
    'sync:now': () => done(sync.now()),
    'sync:options': ({ paused, frugal, metered, filesStopped }) =>
      sync.options({
        ...(paused === undefined ? {} : { paused }),
        ...(frugal === undefined ? {} : { frugal }),
        ...(metered === undefined ? {} : { metered }),
        ...(filesStopped === undefined ? {} : { filesStopped }),
      }),
    'sync:lease': ({ leaseDays }) => done(sync.owner.setLease(leaseDays)),
    'sync:pending': () => sync.pending(),
    'sync:discard': ({ change }) => done(sync.discard(change)),
    'sync:set-aside': () => sync.setAside(),
    'sync:retry-set-aside': () => sync.retrySetAside(),
    'sync:devices': () => sync.owner.devices(),
    'sync:rename-device': ({ device, name }) => done(sync.owner.rename(device, name)),
    'sync:set-role': ({ device, role }) => done(sync.owner.setRole(device, role)),
    'sync:revoke': ({ device, wipe }) => done(sync.owner.revoke(device, wipe)),
    'sync:invite': ({ role, days }) => sync.owner.invite(role, days),
    'sync:invitations': () => sync.owner.invitations(),
    'sync:uninvite': ({ hash }) => done(sync.owner.uninvite(hash)),
    'sync:leave': () => done(sync.leave()),
  };
}
