import fc from 'fast-check';
import { StackProgress } from './stack-progress';

const DEPLOYED = `network-laptop  \u001b[0m\u001b[1mInitializing the backend...\u001b[0m
network-laptop  Plan: 2 to add, 0 to change, 0 to destroy.
network-laptop  aws_vpc.vpc: Creating...
network-laptop  aws_vpc.vpc: Creation complete after 0s [id=vpc-1]
                aws_subnet.one: Creation complete after 12s [id=subnet-1]
network-laptop  
                Apply complete! Resources: 2 added, 0 changed, 0 destroyed.
mock-openai-laptop  Plan: 1 to import, 1 to add, 1 to change, 1 to destroy.
mock-openai-laptop  aws_ecs_service.mock: Modifications complete after 3s [id=mock]
                    aws_ecs_task_definition.mock: Destruction complete after 0s
`;

describe('how far a deployment is', () => {
  it('follows each stack through what cdktf prints of it', () => {
    const progress = new StackProgress(['network-laptop', 'mock-openai-laptop']);
    expect(progress.feed(DEPLOYED)).toEqual([{ stack: 'network-laptop', resources: 2 }]);
    expect(progress.done).toBe(4);
    expect(progress.describe()).toBe(' mock-openai-laptop 2 of 3');
  });

  it('is the same however the output is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1 }), (sizes) => {
        const progress = new StackProgress(['network-laptop', 'mock-openai-laptop']);
        const complete: string[] = [];
        let [at, piece] = [0, 0];
        while (at < DEPLOYED.length) {
          const size = sizes[piece++ % sizes.length] ?? 1;
          // An escape sequence comes in one piece: it is a single write of Terraform's.
          const end = DEPLOYED.indexOf('\n', at + size - 1) + 1;
          complete.push(...progress.feed(DEPLOYED.slice(at, end)).map(({ stack }) => stack));
          at = end;
        }
        expect([complete, progress.done]).toEqual([['network-laptop'], 4]);
      }),
    );
  });
});
