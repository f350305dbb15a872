"""Watching over the running office: health for load balancers, figures for Prometheus, a page for administrators."""
