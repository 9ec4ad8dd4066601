/** What people call a target field: «Рабочий адрес: город», «Телефон 2». */
import type { TextKey, Translate } from '../../app/i18n.ts';

const ADDRESS = /^address(?:\.(work|home|other|mailing|billing))?\.(\w+)$/;

/** Name of a field key of shared/import/fields.ts, its number in a series included. */
export function fieldName(t: Translate, field: string): string {
  const [base = '', number] = field.split('#');
  const address = ADDRESS.exec(base);
  const name = address
    ? `${t(`importing.addressKind.${address[1] ?? 'none'}` as TextKey)}: ${t(`importing.addressPart.${address[2]}` as TextKey)}`
    : t(`importFields.${base}` as TextKey);
  return number === undefined || number === '1' ? name : t('importing.numbered', { field: name, number });
}

export type Certainty = 'sure' | 'maybe' | 'none';

/** Below 0.5 a column was not recognised; from 0.85 on nobody needs to look. */
export const certainty = (confidence: number): Certainty =>
  confidence >= 0.85 ? 'sure' : confidence >= 0.5 ? 'maybe' : 'none';
