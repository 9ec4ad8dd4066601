import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { Kbd } from './kbd.tsx';
import styles from './overlays.module.css';

/** A short text on hover and focus; the child must be focusable (a kit button or link). */
export function Tooltip({
  text,
  shortcut,
  children,
}: {
  readonly text: string;
  readonly shortcut?: string;
  readonly children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={450} closeDelay={80}>
      {children}
      <AriaTooltip className={styles.tooltip!} offset={6}>
        {text}
        {shortcut && <Kbd shortcut={shortcut} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
