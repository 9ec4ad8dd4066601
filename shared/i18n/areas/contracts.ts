/** Texts of the area «contracts», both languages side by side. Plural keys end in _one/_few/_many/_other (ru) and _one/_other (en). */
export const contracts = {
  ru: {},
  en: {},
} as const;
