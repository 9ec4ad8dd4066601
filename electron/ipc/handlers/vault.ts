/** The vault's half of the contract: thin, since the vault validates and stores by itself. */
import { app, dialog } from 'electron';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import type { VaultState } from '../../../shared/ipc/contract.ts';
import { displayName } from '../../../shared/text/names.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import { AppFailure } from '../../../shared/result.ts';
import { actorOf, type AppContext } from '../../app/context.ts';
import { sampleBatch } from '../../../shared/sample/index.ts';
import type { VaultStatus } from '../../vault/api.ts';
import type { Handlers } from '../router.ts';

type VaultHandlers = Omit<
  { [C in keyof Handlers as C extends `vault:${string}` | `sample:${string}` ? C : never]: Handlers[C] },
  never
>;

/** After opening: a lease that has run out needs a contact first, else the vault is closed again. */
export async function admit({ vault, sync }: Pick<AppContext, 'vault' | 'sync'>): Promise<void> {
  try {
    await sync.opened();
  } catch (error) {
    await vault.lock();
    throw error;
  }
}

const stateOf = ({ keySources: _, ...state }: VaultStatus): VaultState => state;

export function vaultHandlers(context: AppContext): VaultHandlers {
  const { vault } = context;
  const t = () => createTranslator(context.settings.get().language).t;
  const announce = (status: VaultStatus): VaultState => {
    const state = stateOf(status);
    context.broadcast('vault:state', state);
    return state;
  };
  /** exactOptionalPropertyTypes: an absent option is absent, not undefined. */
  const given = <T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
    Object.fromEntries(Object.entries(object).filter(([, v]) => v !== undefined)) as {
      [K in keyof T]: Exclude<T[K], undefined>;
    };

  return {
    'vault:create': async (options) => {
      const made = await vault.create(given(options));
      await context.sync.opened();
      announce(await vault.status());
      return made;
    },
    'vault:unlock': async (options) => {
      try {
        const status = await vault.open(given(options));
        await admit(context);
        return announce(status);
      } catch (error) {
        // Damage, a newer version, a full disk: more than a wrong secret, and the page has a place for it.
        const status = await vault.status();
        if (status.state === 'problem') announce(status);
        throw error;
      }
    },
    'vault:lock': async () => {
      context.previews.clear();
      context.openedFiles.clear();
      await context.sync.closed();
      return announce(await vault.lock());
    },
    'vault:commit': async (draft) => {
      const { batch, seq } = await vault.commit(given(draft), { actor: actorOf(context) });
      return { batch, seq };
    },
    'vault:undo': ({ batch }) => vault.undo(batch, { actor: actorOf(context) }),
    'vault:fill': (query) => vault.fill(given(query)),
    'vault:record': ({ id }) => vault.record(id),
    'vault:records': ({ ids }) => vault.records(ids),
    'vault:history': ({ id }) => vault.history(id),
    'vault:affiliations': (query) => vault.affiliations(given(query)),
    'vault:promises': (query) => vault.promises(given(query)),
    'vault:conflicts': () => vault.conflicts(),
    'vault:differences': (query) => vault.differences(given(query)),
    'vault:note-versions': (query) => vault.noteVersions(query),
    'vault:note-at': (query) => vault.noteAt(query),
    'vault:recovery': () => vault.renewRecoveryCode(),
    'vault:bin': () => vault.bin(),
    'vault:search': (query) => vault.search(query),
    'vault:meetings': (query) => vault.meetings(given(query)),
    'vault:duplicates': async ({ type, name, email, phone }) => {
      const index = await vault.duplicatesIndex();
      const key = searchKey(name);
      const digits = phone?.replaceAll(/\D/g, '') ?? '';
      const mail = email?.trim().toLowerCase() ?? '';
      const candidates =
        type === 'organisation'
          ? index.organisations.map((o) => ({ id: o.id, key: searchKey(o.name), emails: o.emails, phones: o.phones }))
          : index.people.map((p) => ({
              id: p.id,
              key: searchKey(displayName(p.name)),
              emails: p.emails,
              phones: p.phones,
            }));
      return candidates.flatMap(({ id, key: other, emails, phones }) => {
        if (mail && emails.includes(mail)) return [{ id, reason: 'email' }];
        if (digits.length >= 7 && phones.some((p) => p.replaceAll(/\D/g, '').endsWith(digits.slice(-10))))
          return [{ id, reason: 'phone' }];
        return key && key === other ? [{ id, reason: 'name' }] : [];
      });
    },
    'vault:verify': async () => {
      const { ok, problems } = await vault.verify();
      return { ok, problems };
    },
    'vault:passphrase': async ({ passphrase }) => {
      await vault.setPassphrase(passphrase);
      return null;
    },
    'vault:backup': async () => {
      const choice = await dialog.showSaveDialog(context.window()!, {
        title: t()('settings.backupTitle'),
        defaultPath: `${app.getPath('documents')}/Rapport ${context.today()}.rapport`,
        filters: [{ name: 'Rapport', extensions: ['rapport'] }],
      });
      if (choice.canceled || !choice.filePath) return null;
      const made = await vault.backup(choice.filePath);
      return context.savedFiles.add(made.path, made.bytes);
    },
    'vault:restore': async (options) => {
      const choice = await dialog.showOpenDialog(context.window()!, {
        title: t()('settings.restoreTitle'),
        properties: ['openFile'],
        filters: [{ name: 'Rapport', extensions: ['rapport', 'db'] }],
      });
      const [file] = choice.filePaths;
      if (choice.canceled || !file) return null;
      await context.sync.closed();
      let status: VaultStatus;
      try {
        status = await vault.restore(file, given(options));
      } finally {
        // Whatever is open now, the present vault or the backup, syncs again.
        await context.sync.opened().catch(() => undefined);
      }
      // The live view is filled anew from what is there now.
      context.broadcast('vault:state', { state: 'locked' });
      return announce(status);
    },
    'sample:add': async ({ language }) => {
      const { batch } = await vault.commit(
        {
          kind: 'sample',
          label: 'sample',
          changes: sampleBatch(language, context.today(), { brand: (await vault.record('brand')) === null }),
        },
        { actor: actorOf(context) },
      );
      return { batch };
    },
    'sample:remove': async () => {
      const undone = new Set((await vault.batches({ kind: 'undo' })).map((b) => b.undoes));
      const sample = (await vault.batches({ kind: 'sample' })).find((b) => !undone.has(b.id));
      if (!sample) throw new AppFailure('sample.none');
      return vault.undo(sample.id, { actor: actorOf(context) });
    },
  };
}
