/** Texts of the area «settings», both languages side by side. Plural keys end in _one/_few/_many/_other (ru) and _one/_other (en). */
export const settings = {
  ru: {},
  en: {},
} as const;
