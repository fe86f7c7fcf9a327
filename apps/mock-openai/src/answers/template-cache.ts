import { JsonTemplate } from './json-template';

/** What the fixed part of an answer depends on. */
export interface AnswerShape {
  /** Of each choice. */
  readonly tokens: number;
  readonly choices: number;
  readonly finishReason: 'stop' | 'length';
}

const MAX_ENTRIES = 256;
/** Longer answers are made anew each time rather than kept in memory. */
const MAX_TOKENS = 4096;

/** Templates of an endpoint's answers, one for each shape, made when first needed. */
export class TemplateCache<Hole extends string> {
  private readonly templates = new Map<string, JsonTemplate<Hole>>();

  /** `describe` gives the answer as a JSON value with holes. */
  constructor(
    private readonly holes: readonly Hole[],
    private readonly describe: (shape: AnswerShape) => unknown,
  ) {}

  get(shape: AnswerShape): JsonTemplate<Hole> {
    const key = `${shape.tokens} ${shape.choices} ${shape.finishReason}`;
    const known = this.templates.get(key);
    if (known !== undefined) return known;
    const template = new JsonTemplate(this.describe(shape), this.holes);
    if (shape.tokens * shape.choices <= MAX_TOKENS) {
      if (this.templates.size >= MAX_ENTRIES) this.templates.clear();
      this.templates.set(key, template);
    }
    return template;
  }
}
