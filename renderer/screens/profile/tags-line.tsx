import { tagKey } from '../../../shared/import/element-keys.ts';
import { setField } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { live, useLive } from '../../db/index.ts';
import { TagEditor } from '../../ui/index.ts';

/** Tags used anywhere, most frequent first. */
export function useKnownTags(): readonly string[] {
  return (
    useLive(async () => {
      const count = new Map<string, number>();
      const add = (row: { readonly tags: readonly string[] }): void => {
        for (const tag of row.tags) count.set(tag, (count.get(tag) ?? 0) + 1);
      };
      await live.organisations.each(add);
      await live.people.each(add);
      return [...count].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
    }, []) ?? []
  );
}

/** The tags of a record. */
export function TagsLine({
  type,
  id,
  tags,
}: {
  readonly type: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, true>> | undefined;
}) {
  const t = useT();
  const known = useKnownTags();
  return (
    <TagEditor
      label={t('profile.tags')}
      tags={Object.keys(tags ?? {})}
      onAdd={(tag) => void setField(type, id, `tags/${tagKey(tag)}`, true)}
      onRemove={(tag) => void setField(type, id, `tags/${tag}`, null)}
      addLabel={t('profile.addTag')}
      removeLabel={(tag) => t('profile.removeTag', { tag })}
      suggestions={known.slice(0, 100)}
    />
  );
}
