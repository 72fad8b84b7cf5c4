"""Measuring what finds, routes and recommends against simple baselines, on communities whose answers are known."""
