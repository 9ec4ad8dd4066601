import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import styles from './layout.module.css';

export interface TabEntry {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label when above zero. */
  readonly count?: number | undefined;
  readonly content: ReactNode;
}

/** Several views of one thing. */
export function Tabs({
  label,
  tabs,
  value,
  onChange,
}: {
  readonly label: string;
  readonly tabs: readonly TabEntry[];
  /** Left out, the tabs remember by themselves which is shown. */
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}) {
  return (
    <AriaTabs
      className={styles.tabs!}
      {...(value === undefined ? {} : { selectedKey: value })}
      onSelectionChange={(key) => onChange?.(String(key))}
    >
      <TabList aria-label={label} className={styles.tabList!}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab!}>
            {tab.label}
            {tab.count ? <span className={styles.count}>{tab.count}</span> : null}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.tabPanel!}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
