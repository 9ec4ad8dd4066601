/**
 * Closes a field with a list below it once the press that chose from the list is over. The press may still give the focus
 * back to the field, which answers in a microtask and must be there for it (react-aria's useAutocomplete throws otherwise).
 */
export const afterChoice = (close: () => void): void => void setTimeout(close, 0);
