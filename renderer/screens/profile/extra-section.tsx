import type { ExtraValue } from '../../../shared/model/records.ts';
import { setField } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { InlineEdit } from '../../ui/index.ts';
import { Field, Section } from './parts.tsx';
import styles from './profile.module.css';

/** What a file brought that has no field of its own, under its own heading. */
export function ExtraSection({
  type,
  id,
  extra,
}: {
  readonly type: string;
  readonly id: string;
  readonly extra: Readonly<Record<string, ExtraValue>> | undefined;
}) {
  const t = useT();
  const entries = Object.entries(extra ?? {});
  if (entries.length === 0) return null;
  return (
    <Section title={t('profile.extra')} count={entries.length}>
      <div className={styles.fields}>
        {entries.map(([key, { header, value }]) => (
          <Field key={key} label={header}>
            <InlineEdit
              label={header}
              value={value}
              multiline={value.includes('\n')}
              onCommit={(text) => void setField(type, id, `extra/${key}`, text ? { header, value: text } : null)}
            />
          </Field>
        ))}
      </div>
    </Section>
  );
}
