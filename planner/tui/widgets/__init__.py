"""The widgets: they draw what they are given and post messages; none of them knows a store or a plan's rules."""
