import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { useAction } from '../../app/shortcuts.ts';
import { Kbd } from '../../ui/index.ts';
import { hitWords } from './hit-words.ts';
import { Marked } from './marked.tsx';
import { openHit } from './open-hit.ts';
import styles from './shell.module.css';
import { groupHits, useSearch } from './use-search.ts';

const LIMIT = 40;
const GROUP_LABELS = {
  organisation: 'search.organisations',
  person: 'search.people',
  meeting: 'search.meetings',
  promise: 'search.promises',
  contract: 'search.contracts',
} as const;

/** Search over everything, answered while one types. */
export function SearchBox() {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const dates = useDates();
  const listId = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [index, setIndex] = useState(0);
  const found = useSearch(text, LIMIT);
  const groups = groupHits(found.hits);
  const flat = groups.flatMap((group) => group.hits);
  useAction({
    id: 'search',
    label: 'shell.search',
    group: 'app',
    shortcut: 'Slash',
    alsoKeys: ['$mod+KeyF'],
    run: () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  const choose = (position: number): void => {
    const hit = flat[position];
    if (!hit) return;
    setOpen(false);
    setText('');
    input.current?.blur();
    void openHit(hit);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setIndex(Math.min(flat.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, index - 1));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(index);
    else if (event.key === 'Escape') {
      if (text) setText('');
      else input.current?.blur();
      setOpen(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const showing = open && text.trim() !== '';
  const optionId = (position: number): string => `${listId}-${position}`;
  return (
    <search className={styles.search}>
      <div className={styles.searchBox}>
        <Search size={14} aria-hidden />
        <input
          ref={input}
          type="search"
          role="combobox"
          aria-label={t('shell.search')}
          aria-expanded={showing}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={showing && flat[index] ? optionId(index) : undefined}
          placeholder={t('common.search')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setIndex(0);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {!text && <Kbd shortcut="Slash" />}
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={t('search.results')}
        hidden={!showing}
        className={styles.results}
        // The field keeps the focus, so that typing goes on after a click beside a hit.
        onMouseDown={(event) => event.preventDefault()}
      >
        {groups.map((group) => (
          <div key={group.type} role="group" aria-label={t(GROUP_LABELS[group.type as keyof typeof GROUP_LABELS])}>
            <div className={styles.group} aria-hidden>
              {t(GROUP_LABELS[group.type as keyof typeof GROUP_LABELS])}
            </div>
            {group.hits.map((hit) => {
              const position = flat.indexOf(hit);
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field handles the keys (combobox pattern)
                <div
                  key={hit.id}
                  id={optionId(position)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={position === index}
                  className={styles.hit}
                  onClick={() => choose(position)}
                >
                  <span className={styles.hitLine}>
                    <span className={styles.hitTitle}>
                      <Marked text={hit.title} />
                    </span>
                    <span className={styles.hitSubtitle}>{hitWords(hit.subtitle, dates)}</span>
                  </span>
                  {hit.snippet && (
                    <span className={styles.snippet}>
                      <Marked text={hit.snippet} />
                    </span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
        {flat.length === 0 && found.text === text.trim() && (
          <div role="option" aria-selected={false} aria-disabled className={styles.noHits}>
            {t('common.notFound')}
          </div>
        )}
      </div>
    </search>
  );
}
