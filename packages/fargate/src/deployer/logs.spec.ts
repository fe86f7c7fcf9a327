import { withoutSecrets } from './logs';

test.each([
  ['postgresql://llmproxy:hunter2@db.internal:5432/litellm', 'postgresql://llmproxy:***@db.internal:5432/litellm'],
  ['Authorization: Bearer sk-abcdefgh12345678', 'Authorization: Bearer ***'],
  ['DATABASE_PASSWORD=hunter2 and more', 'DATABASE_PASSWORD=*** and more'],
  ['{"token": "abc", "port": 5432}', '{"token": "***", "port": 5432}'],
  ['Error: P1001: cannot reach database server at db:5432', 'Error: P1001: cannot reach database server at db:5432'],
])('%s', (line, shown) => {
  expect(withoutSecrets(line)).toBe(shown);
});
