import type { JudgementCode } from '../judgement/messages';
import { wordJudgement, type CodedMessage } from '../judgement/wordJudgement';

/** One kind of failure of a scaling activity, and its fix. */
export interface FailureAdvice {
  /** Error codes that appear in messages as separate words. */
  codes: readonly string[];
  /** Whole sentences of messages, with `*` for names and numbers; without the full stop. */
  sentences: readonly string[];
  /** How to fix it. */
  nextStep: JudgementCode;
}

/**
 * Why scaling activities fail, with advice. The codes come from EC2's API
 * reference; the sentences come from the troubleshooting pages of EC2 Auto
 * Scaling and Amazon ECS, and from the admission plugins of Kubernetes
 * (plugin/pkg/admission). Only a whole sentence matches: a part of it may have
 * another meaning elsewhere.
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
    nextStep: 'failure-capacity',
  },
  {
    codes: ['InsufficientReservedCapacity', 'ReservationCapacityExceeded'],
    sentences: [
      'The requested Reservation does not have sufficient compatible and available capacity for this request',
      'Your Capacity Block reservation * is not active yet',
      'Your Capacity Block reservation * has expired',
    ],
    nextStep: 'failure-reservation',
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
    nextStep: 'failure-quota',
  },
  {
    codes: ['MaxSpotInstanceCountExceeded', 'SpotMaxPriceTooLow'],
    sentences: [
      'Max spot instance count exceeded',
      'Your Spot request price of * is lower than the minimum required Spot request fulfillment price of *',
    ],
    nextStep: 'failure-spot-quota',
  },
  {
    codes: ['UnfulfillableCapacity'],
    sentences: [
      'There is no Spot capacity available that matches your request',
      'Could not launch Spot Instances',
    ],
    nextStep: 'failure-spot-capacity',
  },
  {
    codes: ['InvalidKeyPair.NotFound'],
    sentences: ['The key pair * does not exist'],
    nextStep: 'failure-key-pair',
  },
  {
    codes: ['InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'],
    sentences: ['The security group * does not exist'],
    nextStep: 'failure-security-group',
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
    nextStep: 'failure-image',
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
    nextStep: 'failure-launch-template',
  },
  {
    codes: ['InvalidParameterCombination'],
    sentences: [
      'Your requested instance type (*) is not supported in your requested Availability Zone (*)',
      'The requested configuration is currently not supported',
      "Placement groups may not be used with instances of type '*'",
      'The requested Availability Zone is no longer supported',
    ],
    nextStep: 'failure-instance-type',
  },
  {
    codes: [
      'InsufficientFreeAddressesInSubnet',
      'NetworkInterfaceLimitExceeded',
    ],
    sentences: [
      "There are not enough free addresses in subnet '*' to satisfy the requested number of instances",
    ],
    nextStep: 'failure-addresses',
  },
  {
    codes: ['InvalidSubnetID.NotFound'],
    sentences: ["The subnet ID '*' does not exist"],
    nextStep: 'failure-subnet',
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
    nextStep: 'failure-volumes',
  },
  {
    codes: ['Client.InternalError', 'Client.InvalidKMSKey.InvalidState'],
    sentences: ['Client error on launch'],
    nextStep: 'failure-kms-key',
  },
  {
    codes: ['UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'],
    sentences: [
      'You are not authorized to perform this operation',
      'You are not authorized to use launch template',
      'Access denied when attempting to assume role *',
      'ECS was unable to assume the role *',
    ],
    nextStep: 'failure-permission',
  },
  {
    codes: ['RequestLimitExceeded', 'ThrottlingException'],
    sentences: [
      'Request limit exceeded',
      '(service *) operations are being throttled',
    ],
    nextStep: 'failure-throttled',
  },
  {
    codes: ['CannotPullContainerError'],
    sentences: [],
    nextStep: 'failure-image-pull',
  },
  {
    codes: ['ResourceInitializationError'],
    sentences: [],
    nextStep: 'failure-initialization',
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
    nextStep: 'failure-container-capacity',
  },
  {
    codes: ['ProgressDeadlineExceeded'],
    sentences: [],
    nextStep: 'failure-rollout-deadline',
  },
  {
    codes: [],
    sentences: ['exceeded quota'],
    nextStep: 'failure-namespace-quota',
  },
  {
    codes: [],
    sentences: [
      'maximum * usage per * is *',
      'minimum * usage per * is *',
      '* max limit to request ratio per * is *',
    ],
    nextStep: 'failure-limit-range',
  },
  {
    codes: [],
    sentences: ['violates PodSecurity "*"'],
    nextStep: 'failure-pod-security',
  },
  {
    codes: [],
    sentences: [
      'error looking up service account *',
      'serviceaccount "*" not found',
    ],
    nextStep: 'failure-service-account',
  },
  {
    codes: [],
    sentences: [
      'admission webhook "*" denied the request',
      "ValidatingAdmissionPolicy '*' with binding '*' denied request",
    ],
    nextStep: 'failure-admission',
  },
  {
    codes: [],
    sentences: ['failed calling webhook "*"'],
    nextStep: 'failure-webhook',
  },
  {
    codes: ['EADDRINUSE'],
    sentences: [],
    nextStep: 'failure-port',
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
/** Longer messages are cut: the important part is at the beginning. */
const MAX_LENGTH = 2_000;

/** How to fix a failed activity, by its message; `undefined` if unknown. @public */
export function nextStepOfFailure(
  message: string | undefined,
): string | undefined {
  const step = adviseOnFailure(message);
  return step && wordJudgement(step);
}

/** How to fix a failed activity, as a message. @public */
export function adviseOnFailure(
  message: string | undefined,
): CodedMessage | undefined {
  const code = adviceFor(message);
  return code && { code, values: {} };
}

function adviceFor(message: string | undefined): JudgementCode | undefined {
  const text = (message ?? '').slice(0, MAX_LENGTH);
  const [code] = (text.match(CODE) ?? []).filter(word => byCode.has(word));
  if (code) return byCode.get(code);
  const sentences = text.split(/(?<=[.:])\s+/).map(s => s.replace(/[.:]$/, ''));
  return bySentence.find(({ pattern }) =>
    sentences.some(sentence => pattern.test(sentence)),
  )?.nextStep;
}
