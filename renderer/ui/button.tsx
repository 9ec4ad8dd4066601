import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode;
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: ReactNode;
  readonly className?: string;
}

/** A button with words. */
export function Button({ children, variant = 'plain', size = 'normal', icon, className, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={classNames(
        styles.button,
        variant !== 'plain' && styles[variant],
        size !== 'normal' && styles[size],
        className,
      )}
    >
      {icon}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  readonly icon: ReactNode;
  /** Read aloud and shown in the tooltip. */
  readonly label: string;
  /** In tinykeys form, e.g. `$mod+KeyK`; shown in the tooltip. */
  readonly shortcut?: string;
  readonly size?: 'small' | 'normal';
  readonly className?: string;
}

/** A button with an icon alone: its label and key appear on hover and focus. */
export function IconButton({ icon, label, shortcut, size = 'normal', className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut ? { shortcut } : {})}>
      <AriaButton
        {...props}
        aria-label={label}
        className={classNames(styles.button, styles.quiet, styles.icon, size === 'small' && styles.small, className)}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
