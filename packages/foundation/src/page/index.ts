export { HOUSE_STYLE, pageColors } from './house-style';
export { LOGO } from './logo';
export { escapeHtml, html, jsonForScript, Markup, withoutIndentation } from './markup';
