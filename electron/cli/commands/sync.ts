/** sync: one round of exchange with the workspace's server, attachments included; with `--invite`, enrolment first. */
import { hostname } from 'node:os';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { type AppError, AppFailure, unwrap } from '../../../shared/result.ts';
import { BlobMover } from '../../../shared/sync/engine/blob-mover.ts';
import { TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { Round } from '../../../shared/sync/engine/round.ts';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { LIMITS } from '../../../shared/sync/shapes.ts';
import { createHttpTransport } from '../../sync/http-transport.ts';
import { syncStore } from '../../sync/store.ts';
import type { Command } from '../arguments.ts';
import { cliLanguage } from '../language.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

/** Exit code of an exchange that was done, but not with everything (SYNC-CLI-1). */
const LEFT_OVER = 3;
/** Changes per page and push: whole bodies of a megabyte or two. */
const PAGE = 1000;

export const syncCommand = (command: Command): Promise<Outcome> => {
  const { invite } = command.options;
  // A wrong code is told before anything is opened or made.
  const invitation = invite === undefined ? undefined : unwrap(decodeInvitation(invite));
  return withVault(command, { create: invitation !== undefined }, async (vault, keep) => {
    const store = syncStore(vault);
    if (invitation) {
      // Access that has ended is replaced by the new one; the records stay.
      if ((await store.memory())?.ended) await store.forget();
      await store.begin(invitation, hostname());
      // From here on the server may have said yes, even if its answer is lost or the download breaks (SYNC-ENROL-3).
      keep(true);
    }
    const transport = createHttpTransport({ fetch });
    const report = await Round.run({
      store,
      transport,
      now: Date.now,
      frugal: () => false,
      progress: () => undefined,
      page: PAGE,
      pushChanges: LIMITS.pushChanges,
    }).catch(async (error: unknown) => {
      if (!(error instanceof AppFailure)) throw error;
      const { code } = error.error;
      const memory = await store.memory();
      if (ENDED.has(code) && memory) {
        // The owner asked for the data to be destroyed (SYNC-REVOKE-1).
        if (error instanceof TransportFailure && error.wipe) {
          await vault.destroy();
          // Coming back is how the owner learns that it is done.
          await transport.ask(memory.enrolment, 'status', {}).catch(() => undefined);
          throw new AppFailure('sync.wiped');
        }
        await store.remember({ ...memory, ended: code === 'sync.revoked' ? 'revoked' : 'unauthorised' });
      }
      // An invitation that the server refused leaves nothing to go on from.
      if (invitation && memory?.enrolment.asking && REFUSED.has(code)) {
        await store.forget();
        keep(false);
      }
      throw error;
    });
    const mover = new BlobMover({
      store,
      memory: () => store.memory(),
      transport,
      now: Date.now,
      allowed: () => true,
    });
    await mover.run();
    const files = mover.view();
    const { waiting, refused, aside } = await store.counts();
    const reasons = {
      refused: counted(refused === 0 ? [] : await store.waiting(waiting + refused)),
      setAside: counted(aside === 0 ? [] : await store.aside(aside)),
    };
    const filesRefused = files.bad.size + files.full.size;
    await tell(reasons, filesRefused, files.error);
    const isWhole = waiting + refused + aside + filesRefused === 0 && report.complete && !files.error;
    return {
      code: isWhole ? 0 : LEFT_OVER,
      value: {
        received: report.received,
        sent: report.sent,
        repaired: report.repaired,
        reissued: report.reissued,
        complete: report.complete,
        waiting,
        refused,
        setAside: aside,
        reasons,
        files: {
          received: mover.counts.received,
          sent: mover.counts.sent,
          waiting: files.waiting.size,
          unsent: files.unsent.size,
          elsewhere: files.absent.size,
          refused: filesRefused,
          ...(files.error ? { error: files.error.code } : {}),
        },
      },
    };
  });
};

type Counts = Readonly<Record<string, number>>;

/** How often each reason occurs; what waits without one only goes out later. */
function counted(entries: readonly { readonly reason: string | null }[]): Counts {
  const counts: Record<string, number> = {};
  for (const { reason } of entries) if (reason !== null) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** Says on standard error, in words, why something waits or was set aside. */
async function tell(
  reasons: Readonly<Record<'refused' | 'setAside', Counts>>,
  files: number,
  filesError: AppError | undefined,
): Promise<void> {
  const { t } = createTranslator(cliLanguage());
  const lines = (['refused', 'setAside'] as const).flatMap((kind) =>
    Object.entries(reasons[kind]).map(([reason, count]) => `${count} · ${t(`sync.${kind}.${reason}`)}`),
  );
  if (files > 0) lines.push(t('sync.files.refused', { count: files }));
  if (filesError) lines.push(t(`errors.${filesError.code}`, { ...filesError.params }));
  const text = lines.map((line) => `rapport: ${line}\n`).join('');
  if (text !== '') await new Promise<void>((done) => void process.stderr.write(text, () => done()));
}

/** Refusals of an enrolment after which the code is of no use. */
const REFUSED: ReadonlySet<string> = new Set([
  'sync.invitationUnknown',
  'sync.invitationExpired',
  'sync.invitationUsed',
  'sync.malformed',
  'sync.forbidden',
]);
/** Refusals with which the access of this device has ended. */
const ENDED: ReadonlySet<string> = new Set(['sync.revoked', 'sync.unauthorised']);
