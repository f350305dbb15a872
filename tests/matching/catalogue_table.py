"""The catalogue as it was agreed, typed by hand: an independent twin of the declarations.

One line per fact: key, kind, unit and range or options, criterion ("-" for none), then E where a must needs evidence,
and the cost range of each adaptation with the found values it can start from.
"""

HOMES = """
steps_to_flat                 Measure Stufen 0 200     StepsAtMost E A600-4000[0,3] A7000-16000[0,18]
floor                         Measure - -2 40          AtMost
has_lift                      Flag                     IsTrue
step_free                     Flag                     StepFree E A600-4000[0,3] A7000-16000[0,18]
lift_cabin_width_cm           Measure cm 40 400        AtLeast
lift_cabin_depth_cm           Measure cm 40 400        AtLeast
lift_door_clear_width_cm      Measure cm 40 200        AtLeast
entrance_door_clear_width_cm  Measure cm 40 200        AtLeast E
entrance_door_powered         Flag                     IsTrue  A2500-5000
ramp_slope_percent            Measure % 0 30           AtMost
handrails_both_sides          Flag                     IsTrue  A100-1200
parking_accessible            Flag                     IsTrue
scooter_space                 Flag                     IsTrue
year_built                    Measure - 1200 2040      Within
claimed_level                 Choice none,age_friendly,accessible,wheelchair -
inner_door_clear_width_cm     Measure cm 40 200        AtLeast E A1500-3000[70,inf]
bathroom_door_clear_width_cm  Measure cm 40 200        AtLeast E A1500-3000[60,inf]
bathroom_door_opens_outward   Flag                     IsTrue  A200-900
threshold_height_cm           Measure cm 0 40          AtMost  E A50-300[-inf,6]
corridor_width_cm             Measure cm 50 400        AtLeast E
turning_space_cm              Measure cm 50 400        AtLeast E
bed_side_space_cm             Measure cm 0 400         AtLeast E
kitchen_underrideable         Flag                     IsTrue  A2500-9000
controls_reachable            Flag                     IsTrue  A200-1500
window_handles_reachable      Flag                     IsTrue  A300-2000
balcony                       Flag                     IsTrue
balcony_level                 Flag                     IsTrue  A500-4000
garden                        Flag                     IsTrue
living_area_sqm               Measure m² 8 500         OwnArea
rooms                         Measure Zimmer 1 20      OwnRooms
max_persons                   Measure Personen 1 20    AtLeast
fitted_kitchen                Flag                     IsTrue
cellar                        Flag                     IsTrue
parking_space                 Flag                     IsTrue
house_storeys                 Measure Geschosse 1 60   -
home_condition                Choice first_use,as_new,refurbished,partly_refurbished,modernised,well_kept,\
needs_renovation,unfinished -
heating_kind                  Choice district,central,flat,stove OneOf
energy_source                 Choice district,gas,oil,heat_pump,wood,solar,electricity,coal,block -
energy_certificate            Choice demand,consumption,not_needed,missing -
energy_kwh_sqm                Measure kWh/(m²·a) 0 1000 -
shower_level                  Flag                     IsTrue  E A3000-10000
has_bathtub                   Flag                     IsTrue
bathroom_turning_space_cm     Measure cm 50 400        AtLeast E
wc_side_space_cm              Measure cm 0 200         AtLeast E
wc_seat_height_cm             Measure cm 30 60         Within  A150-900
basin_underrideable           Flag                     IsTrue  A300-1500
grab_bars                     Flag                     IsTrue  A50-600
visual_doorbell               Flag                     IsTrue  A150-800
video_intercom                Flag                     IsTrue  A300-1500
alarm_visual                  Flag                     IsTrue  A100-600
contrast_marking              Flag                     IsTrue  A50-800
tactile_labels                Flag                     IsTrue  A50-500
stove_shutoff                 Flag                     IsTrue  A200-600
emergency_call                Flag                     IsTrue  A0-300
quiet_location                Flag                     IsTrue
simple_layout                 Flag                     IsTrue
district                      NeighbourhoodCode        Near
stop_distance_m               Measure m 0 20000        AtMost
shop_distance_m               Measure m 0 20000        AtMost
doctor_distance_m             Measure m 0 20000        AtMost
energy_class                  Choice A+,A,B,C,D,E,F,G,H AtMost
renewable_heating             Flag                     IsTrue
rent_warm_eur                 Measure € 0 15000        AtMost
rent_gross_cold_eur           Measure € 0 15000        AtMost
rent_net_cold_eur             Measure € 0 15000        -
running_costs_eur             Measure € 0 100000       -
heating_costs_eur             Measure € 0 100000       -
heating_in_running_costs      Flag                     -
deposit_eur                   Measure € 0 100000       AtMost
deposit_months                Measure Monatsmieten 0 6 -
shares_eur                    Measure € 0 100000       AtMost
available_from                Day                      NotLater
min_term_months               Measure Monate 0 1200    AtMost
limited_to_months             Measure Monate 1 1200    AtLeast
tenure                        Choice rent,sublet,cooperative,homeshare,purchase,exchange OneOf
single_room                   Flag                     -
wbs_type                      Choice none,L,gMW,pMW,W  -
pets_allowed                  Flag                     IsTrue
smoking_allowed               Flag                     IsTrue
furnished                     Flag                     IsTrue
conversion_consent            Choice agreed,open,refused -
care_on_site                  Flag                     IsTrue
night_assistance              Flag                     IsTrue
community_room                Flag                     IsTrue
living_form                   Choice self_contained,housing_project,multi_generation,senior_flat_share,\
care_flat_share,inclusive_flat_share,homeshare,cluster_flat,cooperative_house,syndicate_house,building_group OneOf
stage                         Choice idea,founding,planning,building,lived_in OneOf
group_size                    Measure Personen 1 500   Within
free_places                   Measure Plätze   0 500   AtLeast
private_bathroom              Flag                     IsTrue
children_in_group             Flag                     IsTrue
private_area_sqm              Measure m² 4 500         AtLeast
community_hours_month         Measure Stunden_im_Monat 0 120 AtMost
help_hours_month              Measure Stunden_im_Monat 0 120 AtMost
shared_meals                  Choice never,monthly,weekly,daily Within
decision_mode                 Choice consensus,consent,majority,provider OneOf
languages                     Choices -                Overlaps
self_description              Text                     Resembles
"""

HOUSEHOLD = """
persons                       Measure Personen 1 20    Within
children                      Measure Kinder   0 15    Within
pets                          Flag                     IsFalse
smokers                       Flag                     IsFalse
wbs                           Flag                     IsTrue
wbs_type                      Choice L,gMW,pMW,W       OneOf
deposit_payer                 Choice own_money,jobcenter,social_office,somebody_else -
deposit_available_eur         Measure € 0 100000       AtLeast
shares_available_eur          Measure € 0 100000       AtLeast
community_hours_month         Measure Stunden_im_Monat 0 120 AtLeast
help_hours_month              Measure Stunden_im_Monat 0 120 AtLeast
needs_wheelchair_home         Flag                     IsTrue
care_entitled                 Flag                     IsTrue
age_group                     Choice under_27,27_39,40_59,60_74,75_plus OneOf
works_budget_eur              Measure € 0 100000       -
"""

SITES = """
site_kind                     Choice house,storey,flats,plot,hall OneOf
site_area_sqm                 Measure m² 10 1000000    Within
dwelling_count                Measure Wohnungen 0 1000 Within
common_room_possible          Flag                     IsTrue
ground_lease_possible         Flag                     IsTrue
purchase_price_eur            Measure € 0 100000000    AtMost
rent_per_sqm_eur              Measure €/m² 0 100       AtMost
district                      NeighbourhoodCode        Near
available_from                Day                      NotLater
listed_building               Flag                     IsTrue
lift_possible                 Flag                     IsTrue
owner_wishes                  Text                     Resembles
term_years                    Measure Jahre 1 199      AtLeast
"""

# The third market: what a neighbourhood gives and seeks.
RESOURCES = """
resource_kind Choice room,reading,repairs,transport,company,errands,skill,knowledge,contacts OneOf
district NeighbourhoodCode Near
free_times Choices - Overlaps
seats Measure Plätze 1 1000 AtLeast
room_area_sqm Measure m² 4 5000 AtLeast
cost_per_hour_eur Measure € 0 500 AtMost
hours_a_month Measure Stunden_im_Monat 1 120 AtLeast
spoken_languages Choices - Overlaps
description Text Resembles
step_free Flag IsTrue
has_lift Flag -
entrance_door_clear_width_cm Measure cm 40 200 AtLeast
entrance_door_powered Flag -
ramp_slope_percent Measure % 0 30 -
parking_accessible Flag IsTrue
inner_door_clear_width_cm Measure cm 40 200 AtLeast
bathroom_turning_space_cm Measure cm 50 400 AtLeast
wc_side_space_cm Measure cm 0 200 -
grab_bars Flag -
contrast_marking Flag IsTrue
tactile_labels Flag IsTrue
"""
