//! Business time: zones, schedules, holidays, windows, turnarounds. Knows nothing of policies or YAML.
