/** The kit: every control of the app. Texts are given by the caller; the kit knows no language. */
export { Button, type ButtonProps, IconButton, type IconButtonProps } from './button.tsx';
export { Checkbox, type CheckboxProps, RadioGroup, type RadioGroupProps, Segmented, Switch } from './choices.tsx';
export { classNames } from './class-names.ts';
export { ComboBox, type ComboBoxProps, matchOptions } from './combo-box.tsx';
export { type DataColumn, DataTable, type DataTableProps } from './data-table.tsx';
export { DateField, type DateFieldProps } from './date-field.tsx';
export { DayField, type DayFieldProps } from './day-field.tsx';
export { Dialog, type DialogProps, Popover } from './dialog.tsx';
export { DialogFooter, type DialogFooterProps } from './dialog-footer.tsx';
export { Badge, EmptyState, ProgressBar, Spinner, TagEditor, type Tone } from './display.tsx';
export { InlineEdit, type InlineEditProps } from './inline-edit.tsx';
export { Kbd } from './kbd.tsx';
export { PaneHeader, SplitPane, type SplitPaneProps } from './layout.tsx';
export { Menu, type MenuEntry } from './menu.tsx';
export { type Option, Select, type SelectProps } from './select.tsx';
export { type TabEntry, Tabs } from './tabs.tsx';
export {
  SearchField,
  type SearchFieldProps,
  TextArea,
  type TextAreaProps,
  TextField,
  type TextFieldProps,
} from './text-field.tsx';
export { notify, type ToastAction, type ToastMessage, ToastRegion } from './toast.tsx';
export { Tooltip } from './tooltip.tsx';
export { useKeptFocus } from './use-kept-focus.ts';
