/** The groups in which a recovery code is read. */
export const codeGroups = (code: string): readonly string[] => code.split(/[\s-]+/).filter(Boolean);
