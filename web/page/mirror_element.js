// One node of the mirror as a real element: which element a role becomes, and how name, value and state stand on it.

const kInputs = { checkbox: 'checkbox', switch: 'checkbox', radio: 'radio' };
// Roles whose name is their text: it is then found by the browser's own search as well.
const kNamedByText = new Set(['text', 'document', 'status', 'alert', 'heading', 'gridcell', 'columnheader', 'listitem', 'option', 'tooltip']);
const kAriaRoles = { switch_: 'switch', image: 'img', none: 'presentation' };
const kRangeRoles = new Set(['row']);

export const ariaRole = (role) => kAriaRoles[role] ?? role;

export const isField = (role) => role === 'textbox' || role === 'searchbox';

export const makeElement = (id, role) => {
  const element = document.createElement(elementName(role));
  element.id = `node-${id}`;
  element.dataset.node = String(id);
  element.tabIndex = -1;
  if (role in kInputs) element.type = kInputs[role];
  if (role === 'switch') element.setAttribute('role', 'switch');
  if (role === 'searchbox') element.setAttribute('role', 'searchbox');
  if (role === 'button') element.type = 'button';
  if (isField(role)) {
    element.autocomplete = 'off';
    element.spellcheck = false;
    element.rows = 1;
  }
  if (element.localName === 'div' && role !== 'text') element.setAttribute('role', role === 'link' ? 'link' : ariaRole(role));
  return element;
};

const elementName = (role) => {
  if (role in kInputs) return 'input';
  if (isField(role)) return 'textarea'; // also for one line: the value may hold line breaks
  return role === 'button' ? 'button' : 'div';
};

const setOrRemove = (element, attribute, value) => {
  if (value === null || value === '') element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
};

// The text of a node stands in a text node in front of its children.
const setText = (element, text) => {
  const first = element.firstChild;
  if (first?.nodeType === Node.TEXT_NODE) first.data = text;
  else if (text !== '') element.prepend(text);
};

// `shown`: { role, name, value, hasChildren }
export const applyName = (element, shown) => {
  const byText = kNamedByText.has(shown.role) && !shown.hasChildren;
  const text = byText ? [shown.name, shown.value].filter(Boolean).join('\n') : '';
  if (byText || element.firstChild?.nodeType === Node.TEXT_NODE) setText(element, text);
  // A document keeps its name apart from its text.
  const labelled = !byText || shown.role === 'document';
  if (shown.role === 'document' && byText) setText(element, shown.value);
  setOrRemove(element, 'aria-label', labelled ? shown.name : null);
};

export const applyValue = (element, role, value) => {
  if (role === 'progressbar' || role === 'combobox') setOrRemove(element, 'aria-valuetext', value);
};

const kPressable = new Set(['button']);
const kSelectable = new Set(['option', 'tab', 'row', 'gridcell', 'listitem', 'columnheader']);

export const applyState = (element, role, state) => {
  const flag = (attribute, applies, value) => setOrRemove(element, attribute, applies ? String(value) : null);
  flag('aria-disabled', state.disabled, true);
  flag('aria-selected', kSelectable.has(role) && (role !== 'listitem' || state.selected), state.selected);
  flag('aria-expanded', state.expandable, state.expanded);
  flag('aria-required', state.required, true);
  flag('aria-invalid', state.invalid, true);
  flag('aria-readonly', state.readonly, true);
  flag('aria-modal', state.modal, true);
  if (element.localName === 'input') element.checked = state.checked;
  else flag(kPressable.has(role) ? 'aria-pressed' : 'aria-checked', state.checkable, state.checked);
  if (isField(role)) element.readOnly = state.readonly || state.disabled;
};

export const applyNumbers = (element, role, [position, size, level]) => {
  const number = (attribute, value) => setOrRemove(element, attribute, value > 0 ? String(value) : null);
  const isRow = kRangeRoles.has(role);
  number(isRow ? 'aria-rowindex' : role === 'gridcell' || role === 'columnheader' ? 'aria-colindex' : 'aria-posinset', position);
  if (role === 'grid') number('aria-rowcount', size);
  else if (!isRow) number('aria-setsize', role === 'list' || role === 'listbox' ? 0 : size);
  number('aria-level', level);
};

export const applyTexts = (element, node) => {
  if (node.description !== undefined) setOrRemove(element, 'aria-description', node.description);
  if (node.shortcut !== undefined) setOrRemove(element, 'aria-keyshortcuts', node.shortcut);
};
