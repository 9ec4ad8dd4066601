import { X } from 'lucide-react';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import {
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Modal,
  ModalOverlay,
  Popover as AriaPopover,
} from 'react-aria-components';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './overlays.module.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: 'normal' | 'wide' | 'full';
  /** False for a step that must be answered. */
  readonly isDismissable?: boolean;
}

/** Choosing again is no loss. */
const isChoice = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement && ['checkbox', 'radio', 'file', 'range', 'color'].includes(target.type);

/**
 * A window over the page; Esc and a click outside close it. Once something was typed in it, a click outside does nothing:
 * too easily made for what it would throw away.
 */
export function Dialog({
  title,
  isOpen,
  onClose,
  closeLabel,
  children,
  footer,
  size = 'normal',
  isDismissable = true,
}: DialogProps) {
  const typed = useRef(false);
  useEffect(() => {
    if (!isOpen) typed.current = false;
  }, [isOpen]);
  return (
    <ModalOverlay
      className={styles.scrim!}
      isOpen={isOpen}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      shouldCloseOnInteractOutside={() => !typed.current}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classNames(styles.modal, size !== 'normal' && styles[size])}>
        <AriaDialog className={styles.dialog!}>
          <div className={styles.dialogHead}>
            <Heading slot="title" level={2} className={styles.dialogTitle!}>
              {title}
            </Heading>
            {isDismissable && (
              <IconButton icon={<X size={16} aria-hidden />} label={closeLabel} size="small" onPress={onClose} />
            )}
          </div>
          <div
            className={styles.dialogBody}
            onInput={({ target }) => {
              if (!isChoice(target)) typed.current = true;
            }}
          >
            {children}
          </div>
          {footer && <div className={styles.dialogFoot}>{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A small panel beside the button that opens it. */
export function Popover({
  trigger,
  label,
  children,
  isOpen,
  onOpenChange,
}: {
  /** A kit button. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  readonly isOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  return (
    <DialogTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <AriaPopover className={styles.popover!} offset={4}>
        <AriaDialog aria-label={label} className={styles.popoverBody!}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
