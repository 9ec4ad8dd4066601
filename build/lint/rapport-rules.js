// The house's own lint rules, loaded by oxlint (jsPlugins).

/** Text of a date must go through shared/dates: `new Date('2026-04-14')` is 13 April in New York. */
const noDateFromText = {
  create(context) {
    const isText = (node) =>
      node !== undefined &&
      ((node.type === 'Literal' && typeof node.value === 'string') ||
        node.type === 'TemplateLiteral' ||
        (node.type === 'BinaryExpression' && node.operator === '+' && (isText(node.left) || isText(node.right))));
    return {
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && isText(node.arguments[0])) {
          context.report({ node, message: 'A date made from text depends on the time zone: use shared/dates.' });
        }
      },
      CallExpression(node) {
        const { callee } = node;
        if (
          callee.type === 'MemberExpression' &&
          callee.object.type === 'Identifier' &&
          callee.object.name === 'Date' &&
          callee.property.name === 'parse'
        ) {
          context.report({ node, message: 'Date.parse depends on the time zone: use shared/dates.' });
        }
      },
    };
  },
};

/** A string of letters in JSX is text for a person: it belongs in shared/i18n. */
const noTextInJsx = {
  create(context) {
    return {
      JSXText(node) {
        if (/\p{L}{2,}/u.test(node.value)) {
          context.report({ node, message: 'Text for people belongs in shared/i18n.' });
        }
      },
      JSXAttribute(node) {
        const name = node.name.name;
        if (!['aria-label', 'placeholder', 'title', 'label', 'alt', 'description'].includes(name)) return;
        if (
          node.value?.type === 'Literal' &&
          typeof node.value.value === 'string' &&
          /\p{L}{2,}/u.test(node.value.value)
        ) {
          context.report({ node, message: 'Text for people belongs in shared/i18n.' });
        }
      },
    };
  },
};

export default {
  meta: { name: 'rapport' },
  rules: { 'no-date-from-text': noDateFromText, 'no-text-in-jsx': noTextInJsx },
};
