import { useMemo, useState } from 'react';
import type { Side } from '../../../shared/model/records.ts';
import { createRecord } from '../../app/commit.ts';
import { todayLocal } from '../../app/clock.ts';
import { useT } from '../../app/i18n.ts';
import { useOpenPromises, usePromiseDays } from '../../db/index.ts';
import { Segmented, TextField } from '../../ui/index.ts';
import { parseAction } from '../meeting/due-text.ts';
import { Section } from './parts.tsx';
import styles from './profile.module.css';
import { PromiseLine } from './promise-line.tsx';

/** Open promises in both directions, with a line to add one: «отправить смету до пт». */
export function PromisesSection({
  organisation,
  person,
  contract,
}: {
  readonly organisation?: string;
  readonly person?: string;
  readonly contract?: string;
}) {
  const t = useT();
  const open = useOpenPromises({ ...(organisation ? { organisation } : {}), ...(person ? { person } : {}) });
  const promises = usePromiseDays(
    useMemo(() => (contract ? open?.filter((promise) => promise.contract === contract) : open), [open, contract]),
  );
  const [text, setText] = useState('');
  const [side, setSide] = useState<Side>('ours');
  const add = async (): Promise<void> => {
    if (!text.trim()) return;
    const entry = parseAction(text, todayLocal());
    setText('');
    const id = await createRecord('promise', {
      text: entry.text || text.trim(),
      side,
      status: 'open',
      visibility: 'internal',
      ...(entry.due ? { due: entry.due } : {}),
      ...(organisation ? { organisation } : {}),
      ...(contract ? { contract } : {}),
      ...(person ? { owner: { person } } : entry.owner ? { owner: { name: entry.owner } } : {}),
    });
    if (!id) setText(text);
  };
  return (
    <Section title={t('profile.promises')} count={promises?.length}>
      {promises?.map(({ promise, day, scope }) => (
        <PromiseLine key={promise.id} promise={promise} day={day} scope={scope} />
      ))}
      {promises?.length === 0 && <p className={styles.empty}>{t('profile.noPromises')}</p>}
      <form
        className={styles.addLine}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
        // What was typed is kept when the line is left, as in the lists of a meeting.
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) void add();
        }}
      >
        <TextField
          label={t('profile.addPromise')}
          hideLabel
          placeholder={t('profile.addPromise')}
          value={text}
          onChange={setText}
        />
        <Segmented
          label={t('profile.side')}
          hideLabel
          options={[
            { id: 'ours', label: t('profile.oursShort') },
            { id: 'theirs', label: t('profile.theirsShort') },
          ]}
          value={side}
          onChange={setSide}
        />
      </form>
    </Section>
  );
}
