import { Info } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useT } from '../../../app/i18n.ts';
import { IconButton, Popover } from '../../../ui/index.ts';
import { fresh } from './canvas.tsx';
import { LINE } from './geometry.ts';
import styles from './legend.module.css';
import { paintSign, type Sign } from './paint-lane.ts';
import { type Palette, usePalette } from './palette.ts';

/** Pixels of one sign. */
const WIDTH = 44;

type Name = Exclude<Sign['kind'], 'term'> | (Sign & { readonly kind: 'term' })['term'];
const term = (name: (Sign & { readonly kind: 'term' })['term']): readonly [Name, readonly Sign[]] => [
  name,
  [{ kind: 'term', term: name, tone: 'plain' }],
];
/** Names of the signs and what is drawn for them. */
const SIGNS: readonly (readonly [Name, readonly Sign[]])[] = [
  term('current'),
  term('next'),
  term('possible'),
  term('stated'),
  term('past'),
  ['window', [{ kind: 'window', tone: 'attention' }]],
  ['actBy', [{ kind: 'actBy', tone: 'attention' }]],
  ['safe', [{ kind: 'safe', tone: 'attention' }]],
  [
    'decision',
    [
      { kind: 'decision', complete: true, tone: 'ok' },
      { kind: 'decision', complete: false, tone: 'attention' },
    ],
  ],
  ['end', [{ kind: 'end', tone: 'attention' }]],
  ['coolingOff', [{ kind: 'coolingOff', tone: 'attention' }]],
  ['suspension', [{ kind: 'suspension', tone: 'attention' }]],
  ['amendment', [{ kind: 'amendment', tone: 'plain' }]],
  [
    'obligation',
    [
      { kind: 'obligation', deadline: { state: 'ahead' }, tone: 'plain' },
      { kind: 'obligation', deadline: { state: 'decided' }, tone: 'ok' },
    ],
  ],
  ['milestone', [{ kind: 'milestone', tone: 'plain' }]],
  ['meeting', [{ kind: 'meeting', tone: 'plain' }]],
];
/** Pixels that bring a sign from its edge of the lane into the middle. */
const INTO_MIDDLE: Readonly<Partial<Record<Sign['kind'], number>>> = {
  amendment: -13,
  milestone: 8,
  obligation: -12,
  meeting: 13,
};
const SPANS: ReadonlySet<string> = new Set(['term', 'window', 'suspension']);

/** Signs drawn by the hand that draws the timeline, so that the legend can never tell another story. */
function SignPicture({ signs, palette }: { readonly signs: readonly Sign[]; readonly palette: Palette }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const ctx = canvas.current && fresh(canvas.current, WIDTH, LINE);
    if (!ctx) return;
    const room = WIDTH / signs.length;
    for (const [index, sign] of signs.entries()) {
      const isSpan = SPANS.has(sign.kind);
      const [x, width] = isSpan ? [2, WIDTH - 4] : [index * room, room];
      const down = INTO_MIDDLE[sign.kind] ?? 0;
      ctx.translate(0, down);
      // The last day stands at the end of its days.
      paintSign(ctx, sign, x, sign.kind === 'end' ? width / 2 : width, { palette, width: WIDTH });
      ctx.translate(0, -down);
    }
  }, [signs, palette]);
  return <canvas ref={canvas} aria-hidden />;
}

/** What the signs mean and which keys move. */
export function Legend() {
  const t = useT();
  const palette = usePalette();
  return (
    <Popover
      label={t('timeline.legend')}
      trigger={<IconButton size="small" icon={<Info size={14} aria-hidden />} label={t('timeline.legend')} />}
    >
      <div className={styles.legend}>
        <ul className={styles.signs}>
          {SIGNS.map(([name, signs]) => (
            <li key={name} className={styles.sign}>
              <SignPicture signs={signs} palette={palette} />
              <span>{t(`timeline.sign.${name}`)}</span>
            </li>
          ))}
        </ul>
        <p>{t('timeline.tones')}</p>
        <p>{t('timeline.keysHint')}</p>
      </div>
    </Popover>
  );
}
