export { drawLanes } from './draw-lanes';
export { drawStacks } from './draw-stacks';
export { pictureOf } from './picture';
export { describeStack, readStacks } from './read-stacks';
