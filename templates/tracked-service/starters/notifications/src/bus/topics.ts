import type { Topic } from './EventBus.js';

/** What happened to notifications; the key is the user, so that each user's events stay in order. */
export const eventsTopic: Topic = {
  name: 'notifications.events',
  partitions: 12,
};

/** Messages that could not be processed, with the reason in their headers. */
export const deadLetterTopic: Topic = {
  name: 'notifications.dead-letters',
  partitions: 1,
};

export const topics = [eventsTopic, deadLetterTopic];

/** Consumer groups. */
export const deliveryGroup = 'notifications-delivery';
export const deadLetterGroup = 'notifications-dead-letters';
