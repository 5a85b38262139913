/**
 * The topic of a notification. People mute a topic in Backstage's notification
 * settings, which remember its name: do not rename one.
 */
export type NotificationTopic = 'health' | 'scaling' | 'failover' | 'findings';
