/**
 * Edits a vault without end and says on standard output, one line each, what has been acknowledged: `record n`, where n
 * counts up. Killed by its parent. Arguments: file, first n, canaries as JSON.
 */
import { writeSync } from 'node:fs';
import * as Y from 'yjs';
import { Vault } from '../../electron/vault/vault.ts';
import { encodeBase64 } from '../../shared/text/base64.ts';

const [, , file = '', start = '0', canaryJson = '[]'] = process.argv;
const canaries = JSON.parse(canaryJson) as string[];
const vault = Vault.open({ file, key: new Uint8Array(32).fill(7), keyProven: true });
const actor = canaries[0] as string;
const text = (n: number): string => `${canaries[n % canaries.length]} ${n}`;
const acknowledge = (record: string, n: number): void => void writeSync(1, `${record} ${n}\n`);

acknowledge('open', Number(start));
for (let n = Number(start); ; n += 1) {
  switch (n % 5) {
    case 0: {
      const record = `p${n}`;
      vault.commit(
        {
          kind: 'edit',
          changes: [
            {
              type: 'person',
              record,
              field: '$new',
              value: { name: { family: text(n), given: 'Анна' }, 'tags/x': true, summary: text(n) },
            },
          ],
        },
        { actor },
      );
      acknowledge(record, n);
      break;
    }
    case 1:
    case 2:
      vault.commit(
        { kind: 'edit', changes: [{ type: 'organisation', record: 'o', field: 'summary', value: text(n) }] },
        { actor },
      );
      acknowledge('o', n);
      break;
    case 3: {
      const doc = new Y.Doc();
      doc.getText('note').insert(0, `${text(n)};`);
      vault.commit(
        {
          kind: 'edit',
          changes: [{ type: 'meeting', record: 'm', field: 'body', value: encodeBase64(Y.encodeStateAsUpdate(doc)) }],
        },
        { actor },
      );
      acknowledge('m', n);
      break;
    }
    default: {
      const changes = Array.from({ length: 40 }, (_, i) => ({
        type: 'organisation',
        record: `b${n}-${i}`,
        field: '$new',
        value: { name: text(n) },
      }));
      vault.commit({ kind: 'import', label: text(n), changes }, { actor });
      acknowledge(`b${n}-39`, n);
    }
  }
  if (n % 50 === 0) vault.checkpoint();
  if (n % 70 === 0) vault.search({ text: text(n), limit: 5 });
}
