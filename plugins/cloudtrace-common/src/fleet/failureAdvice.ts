/** One kind of failure of a scaling activity, and what to do about it. */
export interface FailureAdvice {
  /** Error codes as they stand in messages as a word of their own. */
  codes: readonly string[];
  /** Whole sentences of messages, with `*` for names and numbers; without the full stop. */
  sentences: readonly string[];
  nextStep: string;
}

/**
 * Why scaling activities fail, with the advice for it. Codes are those of EC2's
 * API reference; sentences are those of the troubleshooting pages of EC2 Auto
 * Scaling and Amazon ECS. A sentence counts as a whole only: a word of it may
 * mean something else elsewhere.
 */
export const FAILURE_ADVICE: readonly FailureAdvice[] = [
  {
    codes: ['InsufficientInstanceCapacity', 'InsufficientHostCapacity'],
    sentences: [
      'We currently do not have sufficient * capacity in the Availability Zone you requested *',
      'Could not launch On-Demand Instances',
      'Capacity is unavailable at this time',
      'Insufficient capacity',
    ],
    nextStep: 'Allow more instance types or zones, or try again later',
  },
  {
    codes: ['InsufficientReservedCapacity', 'ReservationCapacityExceeded'],
    sentences: [
      'The requested Reservation does not have sufficient compatible and available capacity for this request',
      'Your Capacity Block reservation * is not active yet',
      'Your Capacity Block reservation * has expired',
    ],
    nextStep: 'Enlarge or renew the capacity reservation, or launch without it',
  },
  {
    codes: [
      'InstanceLimitExceeded',
      'VcpuLimitExceeded',
      'ResourceCountExceeded',
      'RequestResourceCountExceeded',
    ],
    sentences: [
      'You have requested more vCPU capacity than your current vCPU limit of * allows for the instance bucket that the specified instance type belongs to',
      'You have requested more instances (*) than your current instance limit of * allows for the specified instance type',
      '* instance(s) are already running',
    ],
    nextStep: 'Ask for a higher quota, or reduce what else uses it',
  },
  {
    codes: ['MaxSpotInstanceCountExceeded', 'SpotMaxPriceTooLow'],
    sentences: [
      'Max spot instance count exceeded',
      'Your Spot request price of * is lower than the minimum required Spot request fulfillment price of *',
    ],
    nextStep:
      'Ask for a higher Spot quota or raise the highest price, or allow On-Demand instances',
  },
  {
    codes: ['UnfulfillableCapacity'],
    sentences: [
      'There is no Spot capacity available that matches your request',
      'Could not launch Spot Instances',
    ],
    nextStep:
      'Allow more instance types and zones for Spot, or On-Demand instances beside them',
  },
  {
    codes: ['InvalidKeyPair.NotFound'],
    sentences: ['The key pair * does not exist'],
    nextStep:
      'Create the key pair in this region, or correct it in the launch template',
  },
  {
    codes: ['InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'],
    sentences: ['The security group * does not exist'],
    nextStep:
      'Create the security group in this VPC, or correct it in the launch template',
  },
  {
    codes: [
      'InvalidAMIID.NotFound',
      'InvalidAMIID.Unavailable',
      'InvalidAMIID.Malformed',
    ],
    sentences: [
      'The AMI ID * does not exist',
      "The image id '[*]' does not exist",
      'AMI * is pending, and cannot be run',
      "The requested instance type's architecture (*) does not match the architecture in the manifest for *",
      'Non-Windows AMIs with a virtualization type of * currently are not supported for instance type *',
    ],
    nextStep: 'Correct the image or the instance type in the launch template',
  },
  {
    codes: [
      'InvalidLaunchTemplateId.NotFound',
      'InvalidLaunchTemplateName.NotFoundException',
    ],
    sentences: [
      'The specified launch template, with template ID *, does not exist',
      'The specified launch template, with template name *, does not exist',
    ],
    nextStep: 'Give the group a launch template that exists',
  },
  {
    codes: ['InvalidParameterCombination'],
    sentences: [
      'Your requested instance type (*) is not supported in your requested Availability Zone (*)',
      'The requested configuration is currently not supported',
      "Placement groups may not be used with instances of type '*'",
      'The requested Availability Zone is no longer supported',
    ],
    nextStep:
      'Choose an instance type that the zone offers, or another zone, in the group and its launch template',
  },
  {
    codes: [
      'InsufficientFreeAddressesInSubnet',
      'NetworkInterfaceLimitExceeded',
    ],
    sentences: [
      "There are not enough free addresses in subnet '*' to satisfy the requested number of instances",
    ],
    nextStep: 'Free addresses, or add a subnet',
  },
  {
    codes: ['InvalidSubnetID.NotFound'],
    sentences: ["The subnet ID '*' does not exist"],
    nextStep: 'Correct the subnets of the group',
  },
  {
    codes: [
      'VolumeLimitExceeded',
      'MaxIOPSLimitExceeded',
      'InvalidBlockDeviceMapping',
    ],
    sentences: [
      'Invalid device name *',
      'Value (*) for parameter virtualName is invalid',
      'EBS block device mappings not supported for instance-store AMIs',
      'You have exceeded your maximum * storage limit *',
    ],
    nextStep:
      'Correct the volumes of the launch template, or ask for a higher quota of storage',
  },
  {
    codes: ['Client.InternalError', 'Client.InvalidKMSKey.InvalidState'],
    sentences: ['Client error on launch'],
    nextStep:
      'Let the service-linked role of Auto Scaling use the KMS key of the encrypted volumes',
  },
  {
    codes: ['UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'],
    sentences: [
      'You are not authorized to perform this operation',
      'You are not authorized to use launch template',
      'Access denied when attempting to assume role *',
      'ECS was unable to assume the role *',
    ],
    nextStep: 'Give the group the missing permission',
  },
  {
    codes: ['RequestLimitExceeded', 'ThrottlingException'],
    sentences: [
      'Request limit exceeded',
      '(service *) operations are being throttled',
    ],
    nextStep:
      'Nothing to do if it passes; otherwise change fewer things at the same time',
  },
  {
    codes: ['CannotPullContainerError'],
    sentences: [],
    nextStep: "Check the image's name, and that the tasks reach its registry",
  },
  {
    codes: ['ResourceInitializationError'],
    sentences: [],
    nextStep:
      'Check that the execution role may read the secrets and that the tasks reach their network endpoints',
  },
  {
    codes: [
      'RESOURCE:MEMORY',
      'RESOURCE:CPU',
      'RESOURCE:ENI',
      'RESOURCE:PORTS',
    ],
    sentences: [
      'No Container Instances were found in your cluster',
      'The closest matching (container-instance *) has insufficient * available',
      'The closest matching (container-instance *) is already using a port required by your task',
    ],
    nextStep:
      'Add container instances with room for the task, or make it smaller',
  },
  {
    codes: ['EADDRINUSE'],
    sentences: [],
    nextStep: 'Free the port that the instance needs',
  },
];

const byCode = new Map(
  FAILURE_ADVICE.flatMap(({ codes, nextStep }) =>
    codes.map(code => [code, nextStep] as const),
  ),
);

const bySentence = FAILURE_ADVICE.flatMap(({ sentences, nextStep }) =>
  sentences.map(sentence => ({ pattern: wholeSentence(sentence), nextStep })),
);

function wholeSentence(sentence: string): RegExp {
  const literal = sentence
    .split('*')
    .map(part => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join('.{1,200}');
  return new RegExp(`^${literal}$`, 'i');
}

const CODE = /[A-Za-z]+(?:[.:][A-Za-z]+)*/g;
/** Longer messages are cut: what matters stands at the beginning. */
const MAX_LENGTH = 2_000;

/** What to do about a failed activity, by its message; `undefined` if that is not known. @public */
export function nextStepOfFailure(
  message: string | undefined,
): string | undefined {
  const text = (message ?? '').slice(0, MAX_LENGTH);
  const [code] = (text.match(CODE) ?? []).filter(word => byCode.has(word));
  if (code) return byCode.get(code);
  const sentences = text.split(/(?<=[.:])\s+/).map(s => s.replace(/[.:]$/, ''));
  return bySentence.find(({ pattern }) =>
    sentences.some(sentence => pattern.test(sentence)),
  )?.nextStep;
}
