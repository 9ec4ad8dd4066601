import { Component, type ReactNode } from 'react';
import { useT } from '../../app/i18n.ts';
import { Button, EmptyState } from '../../ui/index.ts';

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const t = useT();
  return (
    <EmptyState
      title={t('shell.failedTitle')}
      actions={
        <>
          <Button variant="primary" onPress={onRetry}>
            {t('start.tryAgain')}
          </Button>
          <Button onPress={() => window.location.reload()}>{t('shell.reload')}</Button>
        </>
      }
    >
      <p role="alert">{t('shell.failedText')}</p>
    </EmptyState>
  );
}

/** Keeps a failure in one screen from taking the others along. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override readonly state = { failed: false };
  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    return this.state.failed ? <Failed onRetry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}
