/** The process that answers: what `x-instance-id` and each span's resource say. */
export interface Instance {
  /** EC2 instance id, ECS task id, pod name, or a UUID of this process. */
  readonly id: string;
  /** Availability zone, `unknown` where the platform does not tell. */
  readonly zone: string;
}
