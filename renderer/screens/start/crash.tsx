import { Component, type ReactNode } from 'react';
import { useT } from '../../app/i18n.ts';
import { Button } from '../../ui/index.ts';
import { StartPage } from './start.tsx';
import styles from './start.module.css';

function CrashPage() {
  const t = useT();
  return (
    <StartPage title={t('start.problemTitle.crash')}>
      <div className={styles.block}>
        <p role="alert" className={styles.lead}>
          {t('errors.app.unexpected')}
        </p>
        <div className={styles.actions}>
          <Button variant="primary" autoFocus onPress={() => location.reload()}>
            {t('start.tryAgain')}
          </Button>
        </div>
      </div>
    </StartPage>
  );
}

/** A screen that cannot be drawn says so and offers to begin anew; the vault stays as it is, everything saved is in it. */
export class CrashGuard extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <CrashPage /> : this.props.children;
  }
}
