import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { rangeRule } from '../naming';
import type { ResourceType } from '../resource-type';
import type { Scene } from '../scene';

const KEY = ['service_namespace', 'resource_id', 'scalable_dimension'] as const;

/** Bounds between which something is scaled. The provider's id is the thing's own. */
export const scalableTarget: ResourceType = {
  type: 'aws_appautoscaling_target',
  label: 'Application AutoScaling Target',
  api: {
    service: 'Application Auto Scaling',
    create: 'RegisterScalableTarget',
    update: 'RegisterScalableTarget',
    delete: 'DeregisterScalableTarget',
  },
  source: 'internal/service/appautoscaling/target.go',
  forceNew: ['resource_id', 'scalable_dimension', 'service_namespace'],
  computedBlocks: ['suspended_state'],
  idOf: (state) => keyOf(state),
  validate: (config) => {
    const [least, most] = [config.number('min_capacity'), config.number('max_capacity')];
    return least !== undefined && most !== undefined && least > most
      ? [{ path: 'min_capacity', summary: `min_capacity (${least}) must not be above max_capacity (${most})` }]
      : [];
  },
  create: ({ planned, scene }) => {
    checkScaledThing(planned, scene);
    return {
      id: planned.text('resource_id'),
      arn: scene.arn('application-autoscaling', `scalable-target/${scene.hex(40)}`),
      role_arn: scene.globalArn(
        'iam',
        'role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
      ),
      suspended_state: [
        {
          dynamic_scaling_in_suspended: false,
          dynamic_scaling_out_suspended: false,
          scheduled_scaling_suspended: false,
        },
      ],
    };
  },
  remove: ({ current, scene }) => {
    for (const policy of scene.account.ofType('aws_appautoscaling_policy'))
      if (keyOf(attributesOf(policy)) === current.id) scene.account.remove(policy);
  },
  // `service-namespace/resource-id/scalable-dimension`, as the provider wants it.
  importId: (given) => given,
};

/** When to scale. */
export const scalingPolicy: ResourceType = {
  type: 'aws_appautoscaling_policy',
  label: 'Application Auto Scaling Scaling Policy',
  api: {
    service: 'Application Auto Scaling',
    create: 'PutScalingPolicy',
    update: 'PutScalingPolicy',
    delete: 'DeleteScalingPolicy',
  },
  source: 'internal/service/appautoscaling/policy.go',
  forceNew: ['name', 'resource_id', 'scalable_dimension', 'service_namespace'],
  defaults: {
    policy_type: 'StepScaling',
    'target_tracking_scaling_policy_configuration.disable_scale_in': false,
  },
  allowed: { policy_type: ['StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'] },
  idOf: (state) => `${keyOf(state)}/${state.text('name')}`,
  validate: (config) => rangeRule(config, 'target_value', 0, Number.MAX_SAFE_INTEGER),
  create: ({ planned, scene }) => {
    if (scene.account.get('aws_appautoscaling_target', keyOf(planned), scene.region) === undefined)
      throw new AwsError(
        'ObjectNotFoundException',
        `No scalable target registered for service namespace: ${planned.text('service_namespace')}, resource ID: ` +
          `${planned.text('resource_id')}, scalable dimension: ${planned.text('scalable_dimension')}`,
      );
    const name = planned.text('name');
    const alarm = (which: string): string =>
      scene.arn('cloudwatch', `alarm:TargetTracking-${planned.text('resource_id')}-${which}-${scene.hex(8)}`);
    return {
      id: name,
      arn: scene.arn(
        'autoscaling',
        `scalingPolicy:${scene.hex(8)}:resource/ecs/${planned.text('resource_id')}:policyName/${name}`,
      ),
      alarm_arns:
        planned.text('policy_type') === 'TargetTrackingScaling' ? [alarm('AlarmHigh'), alarm('AlarmLow')] : [],
    };
  },
};

function keyOf(values: Attributes): string {
  return KEY.map((name) => values.text(name)).join('/');
}

function checkScaledThing(planned: Attributes, scene: Scene): void {
  const resourceId = planned.text('resource_id');
  if (planned.text('service_namespace') !== 'ecs') return;
  const known = scene.account.ofType('aws_ecs_service').some(({ id }) => id.endsWith(`:${resourceId}`));
  if (!known) throw new AwsError('ValidationException', `ECS service doesn't exist: ${resourceId}`);
}
