import { terraformErrors } from './terraform-errors';

const FAILED = `proxy-service-laptop  \u001b[31m╷\u001b[0m\u001b[0m
                      \u001b[31m│\u001b[0m \u001b[0m\u001b[1m\u001b[31mError: \u001b[0m\u001b[0mtasks failed to start.
                      │ ImportError: Could not import handler from
                      │ no_such_module
                      │
                      │   with aws_ecs_service.litellm_service (litellm/service),
                      │   on cdk.tf.json line 126, in resource.aws_ecs_service.litellm_service:
                      │  126:       }
                      │
                      ╵
network-laptop  ╷
                │ Warning: Deprecated attribute
                ╵
╷
│ Error: Error acquiring the state lock
╵
`;

describe('the errors of Terraform', () => {
  it('are each one line, with the address and without the box, and warnings are none', () => {
    expect(terraformErrors(FAILED)).toEqual([
      'tasks failed to start. ImportError: Could not import handler from no_such_module with aws_ecs_service.litellm_service (litellm/service)',
      'Error acquiring the state lock',
    ]);
  });

  it('are none in what went well', () => {
    expect(terraformErrors('Apply complete! Resources: 2 added.\n')).toEqual([]);
  });
});
