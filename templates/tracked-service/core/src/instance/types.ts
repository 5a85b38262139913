/** The process that responds: the value of `x-instance-id` and of each span's resource. */
export interface Instance {
  /** EC2 instance id, ECS task id, pod name, or a UUID of this process. */
  readonly id: string;
  /** Availability zone; `unknown` if the platform does not report it. */
  readonly zone: string;
}
