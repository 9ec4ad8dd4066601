import { useRef } from 'react';
import type { Json } from '../../../shared/change/types.ts';
import { cleanLogo } from '../../../shared/compose/logo.ts';
import type { Brand } from '../../../shared/model/records.ts';
import { commit } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { useRecord } from '../../db/index.ts';
import { Button, InlineEdit, notify } from '../../ui/index.ts';
import { SettingsGroup, SettingsRow } from './row.tsx';
import styles from './settings.module.css';

const BRAND = 'brand';
/** Bytes; a letterhead travels with every synced vault and into every document. */
export const LOGO_LIMIT = 300 * 1024;
const LOGO_TYPES = new Set(['image/png', 'image/jpeg', 'image/svg+xml']);
const TEXTS = [
  { field: 'name', multiline: false },
  { field: 'address', multiline: true },
  { field: 'details', multiline: true },
  { field: 'preparedBy', multiline: false },
  { field: 'footer', multiline: false },
  { field: 'confidentiality', multiline: true },
] as const;
const FALLBACK_COLOUR = '#3453b8';

const readDataUrl = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(new Error('unreadable')));
    reader.readAsDataURL(file);
  });

/** A picture can have the right beginning and end and be damaged between them. */
async function canBeShown(picture: string): Promise<boolean> {
  const image = new Image();
  image.src = picture;
  return image.decode().then(
    () => true,
    () => false,
  );
}

/** What stands on documents for clients: name, address, logo, colour. */
export function Letterhead() {
  const t = useT();
  const chooser = useRef<HTMLInputElement>(null);
  const { value: record } = useRecord(BRAND, BRAND);
  const data: Partial<Brand> = record?.data ?? {};
  const set = (field: string, value: Json): void => {
    void commit({
      kind: 'edit',
      changes: [
        record
          ? { type: BRAND, record: BRAND, field, value }
          : { type: BRAND, record: BRAND, field: '$new', value: { [field]: value } },
      ],
    });
  };
  const setLogo = async (file: File): Promise<void> => {
    if (!LOGO_TYPES.has(file.type)) notify({ text: t('settings.logoType'), tone: 'error' });
    else if (file.size > LOGO_LIMIT) notify({ text: t('settings.logoTooLarge'), tone: 'error' });
    else {
      const logo = cleanLogo(await readDataUrl(file));
      if (logo && (await canBeShown(logo))) set('logo', logo);
      else notify({ text: t('settings.logoBroken'), tone: 'error' });
    }
  };
  return (
    <SettingsGroup title={t('settings.letterhead')}>
      <p className={styles.hint}>{t('settings.letterheadHint')}</p>
      {TEXTS.map(({ field, multiline }) => (
        <SettingsRow key={field} label={t(`settings.brand.${field}`)}>
          <InlineEdit
            label={t(`settings.brand.${field}`)}
            value={data[field] ?? ''}
            placeholder={t('settings.brandEmpty')}
            multiline={multiline}
            onCommit={(text) => set(field, text || null)}
          />
        </SettingsRow>
      ))}
      <SettingsRow label={t('settings.brand.logo')} hint={t('settings.logoHint')}>
        <div className={styles.logo}>
          {data.logo && <img src={data.logo} alt={t('settings.brand.logo')} />}
          <Button onPress={() => chooser.current?.click()}>
            {data.logo ? t('settings.changeLogo') : t('settings.chooseLogo')}
          </Button>
          {data.logo && (
            <Button variant="quiet" onPress={() => set('logo', null)}>
              {t('common.remove')}
            </Button>
          )}
          <input
            ref={chooser}
            type="file"
            hidden
            aria-label={t('settings.chooseLogo')}
            accept="image/png,image/jpeg,image/svg+xml"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void setLogo(file);
            }}
          />
        </div>
      </SettingsRow>
      <SettingsRow label={t('settings.brand.colour')}>
        <div className={styles.colour}>
          <input
            type="color"
            aria-label={t('settings.brand.colour')}
            // A committed colour is a new field value; while the person drags, nothing is saved.
            key={data.colour ?? ''}
            defaultValue={data.colour ?? FALLBACK_COLOUR}
            onBlur={(event) => {
              const colour = event.target.value;
              if (colour !== (data.colour ?? FALLBACK_COLOUR)) set('colour', colour);
            }}
          />
          {data.colour ?? ''}
        </div>
      </SettingsRow>
    </SettingsGroup>
  );
}
